import { QuizExercise } from "../exercise.js";

customElements.define("quiz-exercise", QuizExercise);
