import { expect, test } from 'vitest';
import { speedCards } from '../src/calibrate/population/cards.ts';
import { SPEED_CARDS } from '../src/calibrate/measurements/speed-cards.ts';
import { publishedPopulation } from '../src/calibrate/validate-external.ts';

/** Share of its standard deviation by which a mean may move and still be the same fit. */
const SAME = 0.02;

test('the cards of speeds are what the fit to the published rows gives', () => {
  const made = speedCards(publishedPopulation());
  expect(SPEED_CARDS.map(({ identity }) => identity)).toEqual(made.map(({ identity }) => identity));
  SPEED_CARDS.forEach(({ means, covariance }, card) => {
    const sigma = Math.sqrt(covariance[0]);
    means.forEach((mean, index) =>
      expect(Math.abs(mean - made[card].means[index])).toBeLessThan(SAME * sigma + 1e-3),
    );
  });
});
