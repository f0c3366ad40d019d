import { computed, signal } from '@preact/signals';
import { paperOptionsOf, type Curve } from 'inferscope/experiments';
import { guessLine, type GuessPoint } from './guess-line.ts';
import { curves, experiment, lesson } from './lab-store.ts';
import { drewGuess, guessed, openLesson } from './learner.ts';

/** What the reader has drawn in a lesson: ms by number of filters. */
const drawn = signal<{ readonly lesson: number; readonly points: ReadonlyMap<number, number> }>({
  lesson: 0,
  points: new Map(),
});
/** Whether the reader asked to draw, or to see the curve without a guess. */
const wish = signal<{ readonly lesson: number; readonly draws: boolean } | undefined>(undefined);

/** What can be guessed by drawing: a curve of the open lesson and the point up to which it is known. */
export const guessable = computed<{ readonly curve: Curve; readonly known: GuessPoint } | undefined>(() => {
  const made = openLesson.value;
  const curve = curves.value.find(({ board }) => board === made?.drawnBoard);
  const filters = made && paperOptionsOf(made.start)?.filters;
  const ms = curve?.points.find((point) => point.filters === filters)?.latencyMs?.value;
  return curve && filters !== undefined && ms !== undefined ? { curve, known: { filters, ms } } : undefined;
});

/**
 * Whether the picture is covered and drawn on: by wish, or where a lesson was opened of which nothing is revealed yet. Who
 * moves the slider sees what comes.
 */
export const isDrawing = computed(() => {
  const made = openLesson.value;
  if (!made || guessed.value !== undefined || !guessable.value) return false;
  if (paperOptionsOf(experiment.value)?.filters !== guessable.value.known.filters) return false;
  if (wish.value?.lesson === made.number) return wish.value.draws;
  return lesson.value !== undefined;
});

/** The drawn line, from the last known point on; after the reveal too. */
export const drawnLine = computed(() => {
  const { lesson: drawnIn, points } = drawn.value;
  if (!guessable.value || points.size === 0 || drawnIn !== openLesson.value?.number) return undefined;
  return guessLine(guessable.value.known, points);
});

/** Begins to draw, or shows the curve without a guess. */
export function wishToDraw(draws: boolean): void {
  const number = openLesson.value?.number;
  if (number === undefined) return;
  drawn.value = { lesson: number, points: new Map() };
  wish.value = { lesson: number, draws };
}

/** Takes a point of the drawing. */
export function drawAt(filters: number, ms: number): void {
  const number = openLesson.value?.number ?? 0;
  const before = drawn.value.lesson === number ? drawn.value.points : [];
  drawn.value = { lesson: number, points: new Map([...before, [filters, ms]]) };
}

/** Shows the curve, and the lesson's answer to the drawing. */
export function revealDrawing(): void {
  const made = openLesson.value;
  const filters = made && paperOptionsOf(made.then)?.filters;
  const ms = drawnLine.value?.find((point) => point.filters === filters)?.ms;
  if (made && filters !== undefined && ms !== undefined) drewGuess(filters, ms);
}
