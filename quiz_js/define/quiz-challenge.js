import "./quiz-question.js";
import { QuizChallenge } from "../challenge.js";

customElements.define("quiz-challenge", QuizChallenge);
