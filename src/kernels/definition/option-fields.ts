import { ACTIVATION, FLAG, PADDING, POSITIVE } from '../../models/formats/tflite/codecs.ts';

/** Fields of options tables that several operators share, by attribute. */
export const activation = ['fused_activation_function', ACTIVATION] as const;
export const padding = ['padding', PADDING] as const;
export const strides = { strideH: ['stride_h', POSITIVE], strideW: ['stride_w', POSITIVE] } as const;
export const dilations = {
  dilationH: ['dilation_h_factor', POSITIVE],
  dilationW: ['dilation_w_factor', POSITIVE],
} as const;
export const keepDims = ['keep_dims', FLAG] as const;
