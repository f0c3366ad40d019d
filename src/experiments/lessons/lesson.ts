import type { Experiment } from '../experiment-state.ts';

/** One of a question's answers. Which is right is worked out by the simulator when the lesson is made. */
export interface Choice {
  readonly text: string;
  readonly isRight: boolean;
}

/** A question with choices of which exactly one is right, and what is said once it is answered. */
export interface Question {
  readonly prompt: string;
  readonly choices: readonly Choice[];
  readonly reveal: string;
}

/** A control of the page that a lesson needs; the others can be hidden. */
export type LessonControl = 'filters' | 'kernel' | 'numbers' | 'settings';

/** Three minutes: guess, do, one sentence, two questions that count. */
export interface Lesson {
  readonly number: number;
  readonly title: string;
  /** What the page shows when the lesson begins. */
  readonly start: Experiment;
  /** What it shows once the guess is revealed. */
  readonly then: Experiment;
  readonly controls: readonly LessonControl[];
  /** The board whose time against filters can be drawn as a guess, where the lesson is about that curve. */
  readonly drawnBoard?: string;
  /** Does not count. */
  readonly guess: Question;
  /** What to try on the page. */
  readonly task: string;
  /** What to take along. */
  readonly sentence: string;
  readonly questions: readonly [Question, Question];
}

/** What a lesson is before it has its number. */
export type LessonPlan = Omit<Lesson, 'number'>;
