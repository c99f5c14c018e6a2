import { QuizTopics } from "../topics.js";

customElements.define("quiz-topics", QuizTopics);
