import "./quiz-question.js";
import { QuizPractice } from "../practice.js";

customElements.define("quiz-practice", QuizPractice);
