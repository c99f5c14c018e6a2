import { QuizExplain } from "../explain.js";

customElements.define("quiz-explain", QuizExplain);
