import { signal } from '@preact/signals';
import type { Answers, Lesson, Question } from 'inferscope/experiments';
import { lesson } from './lab-store.ts';
import { ask, callWhole } from './lab-simulation.ts';

/** The open lesson, as the simulator made it; a page begins with one that nobody asked for, of which links tell nothing. */
export const openLesson = signal<Lesson | undefined>(undefined);
/** Guess of the open lesson; it does not count. */
export const guessed = signal<string | undefined>(undefined);
/** What was drawn in place of a choice: a time at the filters that the guess is about. */
export const drewMs = signal<{ readonly filters: number; readonly ms: number } | undefined>(undefined);
/** Chosen texts by lesson number. */
export const chosen = signal<Readonly<Record<string, readonly (string | null)[]>>>({});
export const learnerName = signal('');

/** Opens a lesson: its first experiment stands, nothing is revealed. A number that there is not closes it. */
export async function showLesson(number: number | undefined): Promise<void> {
  lesson.value = number;
  guessed.value = undefined;
  drewMs.value = undefined;
  openLesson.value = undefined;
  if (number === undefined) return;
  const made = await callWhole((lab) => lab.lesson(number));
  openLesson.value = made;
  ask(made.start);
}

/** Takes the guess, and shows what it was about. */
export function guess(text: string): void {
  guessed.value = text;
  if (openLesson.value) ask(openLesson.value.then);
}

/** Takes a drawing for the guess. */
export function drewGuess(filters: number, ms: number): void {
  drewMs.value = { filters, ms };
  guess('');
}

/** Takes the answer to a question that counts; the first one stays. */
export function choose(question: number, text: string): void {
  const number = openLesson.value?.number;
  if (number === undefined) return;
  const texts = [...(chosen.value[number] ?? openLesson.value!.questions.map(() => null))];
  if (texts[question] !== null) return;
  texts[question] = text;
  chosen.value = { ...chosen.value, [number]: texts };
}

/** What `inferscope grade` reads. */
export function answersNow(): Answers {
  return { format: 'inferscope-answers', version: 1, name: learnerName.value, lessons: chosen.value };
}

/** Whether a text is the right one of a question. */
export const isRight = (question: Question, text: string): boolean =>
  question.choices.some((choice) => choice.isRight && choice.text === text);
