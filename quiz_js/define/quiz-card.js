import { QuizCard } from "../card.js";

customElements.define("quiz-card", QuizCard);
