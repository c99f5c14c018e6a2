import { QuizExperiment } from "../experiment.js";

customElements.define("quiz-experiment", QuizExperiment);
