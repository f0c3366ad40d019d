import { SpecError } from '../../errors.ts';
import { oneFilterMore, theSawTooth, whatAMacCosts, whereTheTimeWent } from './first-lessons.ts';
import { eightBits, fallingOff, howSure, pulseOrPeriod, theBend, whenItWins } from './later-lessons.ts';
import type { Lesson, LessonPlan } from './lesson.ts';

const PLANS: readonly (() => LessonPlan)[] = [
  ...[whatAMacCosts, whereTheTimeWent, oneFilterMore, theSawTooth, fallingOff],
  ...[theBend, eightBits, whenItWins, pulseOrPeriod, howSure],
];

const made = new Map<number, Lesson>();

/** How many lessons there are; they are numbered from 1. */
export const LESSON_COUNT = PLANS.length;

/** A lesson with its right answers as the simulator gives them now. Throws a SpecError for a number that there is not. */
export function lessonOf(number: number): Lesson {
  const plan = PLANS[number - 1];
  if (!plan) throw new SpecError(`there is no lesson ${number}; they are numbered from 1 to ${LESSON_COUNT}`);
  const known = made.get(number) ?? { number, ...plan() };
  made.set(number, known);
  return known;
}
