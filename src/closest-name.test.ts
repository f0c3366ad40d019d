import { expect, test } from 'vitest';
import { closestName, didYouMean } from './closest-name.ts';

const COMMANDS = ['predict', 'explain', 'place', 'compare', 'check'];

test.each([
  ['preditc', 'predict'],
  ['pedict', 'predict'],
  ['explian', 'explain'],
  ['COMPARE', 'compare'],
  ['expl', 'explain'],
])('%s was meant to be %s', (typed, meant) => {
  expect(closestName(typed, COMMANDS)).toBe(meant);
});

test.each(['train', 'xy', ''])('nothing is near to "%s"', (typed) => {
  expect(closestName(typed, COMMANDS)).toBeUndefined();
  expect(didYouMean(typed, COMMANDS)).toBe('');
});

test('the nearest of two is meant', () => {
  expect(didYouMean('palce', ['plane', 'place'])).toBe('; did you mean "place"?');
});

test('a text of a million signs is near to nothing, and is not compared sign by sign', () => {
  expect(
    closestName(
      'ab'.repeat(5e5),
      Array.from({ length: 1000 }, () => 'abababababab'),
    ),
  ).toBeUndefined();
});
