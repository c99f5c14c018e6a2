import { QuizLearn } from "../learn.js";

customElements.define("quiz-learn", QuizLearn);
