import { QuizReview } from "../review.js";

customElements.define("quiz-review", QuizReview);
