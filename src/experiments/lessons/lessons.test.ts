import { describe, expect, it, test } from 'vitest';
import { LESSON_COUNT, lessonOf } from './all-lessons.ts';
import { gradeAnswers, parseAnswers } from './grade.ts';
import { WINNING_NETWORK } from './later-lessons.ts';
import { acceleratedBoard, plainBoard, timeMs } from './lesson-tools.ts';

const NUMBERS = Array.from({ length: LESSON_COUNT }, (_, at) => at + 1);

const answers = (lessons: unknown) => ({ format: 'inferscope-answers', version: 1, name: 'A', lessons });

describe.each(NUMBERS)('lesson %i', (number) => {
  const { guess, questions } = lessonOf(number);

  it('has one right answer to each question, and no answer twice', () => {
    for (const { choices } of [guess, ...questions]) {
      expect(choices.filter(({ isRight }) => isRight)).toHaveLength(1);
      expect(new Set(choices.map(({ text }) => text)).size).toBe(choices.length);
      expect(choices.length).toBeGreaterThanOrEqual(2);
    }
  });

  it('gives two points for its right answers and none for others', () => {
    const pick = (isRight: boolean) =>
      questions.map(({ choices }) => choices.find((choice) => choice.isRight === isRight)!.text);
    const points = (texts: readonly string[]) =>
      gradeAnswers(parseAnswers(answers({ [number]: texts }), 'x')).points;
    expect([points(pick(true)), points(pick(false))]).toEqual([2, 0]);
  });
});

// The published table: the step of the column of the Maixduino is between 5 and 6 filters, whose inputs are 14 x 14 x 6.
test('lesson 3 finds the step where the paper measured it', () => {
  const { guess, questions } = lessonOf(3);
  expect(guess.prompt).toMatch(/^5 filters take .* What will 6 take\?$/);
  expect(questions[0].choices.find(({ isRight }) => isRight)!.text).toBe('1,176');
});

test('lesson 8 shows a network with which the accelerator wins ten times over', () => {
  expect(timeMs(WINNING_NETWORK, plainBoard()) / timeMs(WINNING_NETWORK, acceleratedBoard())).toBeGreaterThan(
    10,
  );
});

test.each([
  [null, 'holds no answers'],
  [{ format: 'other' }, 'format must be'],
  [answers({ 11: [] }), 'there is no lesson "11"'],
  [answers({ 3: ['a', 'b', 'c'] }), 'at most 2 texts'],
  [answers({ 3: [7] }), 'at most 2 texts'],
])('answers that are none are refused in a line', (value, message) => {
  expect(() => parseAnswers(value, 'a.json')).toThrow(message);
});
