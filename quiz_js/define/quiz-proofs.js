import { QuizProofs } from "../proofs.js";

customElements.define("quiz-proofs", QuizProofs);
