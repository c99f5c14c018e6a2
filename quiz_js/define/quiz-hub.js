import { QuizHub } from "../hub.js";

customElements.define("quiz-hub", QuizHub);
