import "./quiz-card.js";
import { QuizRecap } from "../recap.js";

customElements.define("quiz-recap", QuizRecap);
