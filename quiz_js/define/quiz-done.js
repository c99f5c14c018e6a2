import { QuizDone } from "../done.js";

customElements.define("quiz-done", QuizDone);
