import { expect, test } from 'vitest';
import { opFor, registerOps } from '../../kernels/registry.ts';
import { isRegistered } from './resolver.ts';

const CUSTOM = 'CUSTOM:Mine';
const [TODAY, OF_2020] = ['tflm-reference', 'openmv-libtf-2020-11'];

test('a custom operator is registered by who builds the firmware: today where the project knows it, never in 2020', () => {
  expect(isRegistered(TODAY, CUSTOM)).toBe(false);
  registerOps([{ ...opFor('CONV_2D')!, type: CUSTOM }]);
  expect([isRegistered(TODAY, CUSTOM), isRegistered(OF_2020, CUSTOM)]).toEqual([true, false]);
});

test('a builtin operator that no interpreter has is not registered, known or not', () => {
  registerOps([{ ...opFor('CONV_2D')!, type: 'LOCAL_RESPONSE_NORMALIZATION' }]);
  expect(isRegistered(TODAY, 'LOCAL_RESPONSE_NORMALIZATION')).toBe(false);
  expect(isRegistered(TODAY, 'CONV_2D')).toBe(true);
});
