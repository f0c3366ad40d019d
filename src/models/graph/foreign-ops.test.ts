import { expect, test } from 'vitest';
import { describeForeignOp } from './foreign-ops.ts';

test.each([
  ['CUSTOM:ethos-u', "compiled for Arm's Ethos-U"],
  ['CUSTOM:edgetpu-custom-op', "compiled for Google's Edge TPU"],
  ['CUSTOM:qaic', "compiled for Qualcomm's Cloud AI 100"],
  ['CUSTOM:NeutronGraph', "compiled for NXP's eIQ Neutron"],
  ['CUSTOM:my-npu-blob', 'compiled for an accelerator'],
  ['CUSTOM:FlexErf', 'an operator of TensorFlow itself'],
  ['DELEGATE', 'written by a delegate'],
])('%s: %s', (op, words) => {
  expect(describeForeignOp(op)).toContain(words);
});

test.each([
  'CONV_2D',
  'CUSTOM:TFLite_Detection_PostProcess',
  'CUSTOM:Flexible',
  'CUSTOM:Cube',
  'CUSTOM:SignalRfft',
])('%s is for nobody else', (op) => {
  expect(describeForeignOp(op)).toBeUndefined();
});
