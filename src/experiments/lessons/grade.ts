import { FormatError } from '../../errors.ts';
import { LESSON_COUNT, lessonOf } from './all-lessons.ts';

/** What names a file of answers. */
export const ANSWERS_FORMAT = 'inferscope-answers';

/** Answers of one learner: of each lesson the texts that were chosen, question by question; null where none was. */
export interface Answers {
  readonly format: typeof ANSWERS_FORMAT;
  readonly version: 1;
  /** As the learner signed them; empty where not. */
  readonly name: string;
  readonly lessons: Readonly<Record<string, readonly (string | null)[]>>;
}

/** Points of one lesson, of its questions that count. */
export interface LessonScore {
  readonly lesson: number;
  readonly title: string;
  readonly points: number;
  readonly of: number;
  /** Of each question, in order. */
  readonly right: readonly boolean[];
}

/** Points of all lessons that were answered. */
export interface Score {
  readonly name: string;
  readonly points: number;
  readonly of: number;
  readonly lessons: readonly LessonScore[];
}

const MAX_NAME = 80;

function isTexts(value: unknown): value is readonly (string | null)[] {
  return Array.isArray(value) && value.every((text) => text === null || typeof text === 'string');
}

/** Answers from parsed JSON. Throws a FormatError that names `file` and the field. */
export function parseAnswers(value: unknown, file: string): Answers {
  const refuse = (what: string) =>
    new FormatError(`${file}: ${what}; the Lab writes such files ("Save answers")`);
  if (typeof value !== 'object' || value === null) throw refuse('holds no answers');
  const { format, version, name = '', lessons } = value as Record<string, unknown>;
  if (format !== ANSWERS_FORMAT) throw refuse(`format must be "${ANSWERS_FORMAT}"`);
  if (version !== 1) throw refuse('version must be 1');
  if (typeof name !== 'string' || name.length > MAX_NAME) {
    throw refuse(`name must be a text of at most ${MAX_NAME} characters`);
  }
  if (typeof lessons !== 'object' || lessons === null || Array.isArray(lessons)) {
    throw refuse('lessons must be answers by number');
  }
  for (const [number, texts] of Object.entries(lessons)) {
    const isNumber = /^[1-9]\d?$/.test(number) && Number(number) <= LESSON_COUNT;
    if (!isNumber) throw refuse(`lessons: there is no lesson ${JSON.stringify(number).slice(0, 40)}`);
    const { length } = lessonOf(Number(number)).questions;
    if (!isTexts(texts) || texts.length > length) {
      throw refuse(`lessons.${number} must be a list of at most ${length} texts`);
    }
  }
  return { format, version, name, lessons: lessons as Answers['lessons'] };
}

function gradeLesson(number: number, texts: readonly (string | null)[]): LessonScore {
  const { title, questions } = lessonOf(number);
  const right = questions.map(({ choices }, at) =>
    choices.some(({ text, isRight }) => isRight && text === texts[at]),
  );
  return { lesson: number, title, points: right.filter(Boolean).length, of: right.length, right };
}

/** Points of answers, by what the simulator says now. */
export function gradeAnswers({ name, lessons }: Answers): Score {
  const scores = Object.entries(lessons)
    .map(([number, texts]) => gradeLesson(Number(number), texts))
    .sort((a, b) => a.lesson - b.lesson);
  const sum = (of: (score: LessonScore) => number) => scores.reduce((total, score) => total + of(score), 0);
  return { name, points: sum(({ points }) => points), of: sum((score) => score.of), lessons: scores };
}
