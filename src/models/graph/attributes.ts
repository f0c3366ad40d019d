export type Padding = 'SAME' | 'VALID';
export type Activation = 'NONE' | 'RELU' | 'RELU_N1_TO_1' | 'RELU6' | 'TANH' | 'SIGN_BIT';

export interface Conv2dAttributes {
  readonly padding: Padding;
  readonly strideH: number;
  readonly strideW: number;
  readonly dilationH: number;
  readonly dilationW: number;
  readonly activation: Activation;
}

export interface DepthwiseConv2dAttributes extends Conv2dAttributes {
  readonly depthMultiplier: number;
}

export interface Pool2dAttributes {
  readonly padding: Padding;
  readonly strideH: number;
  readonly strideW: number;
  readonly filterH: number;
  readonly filterW: number;
  readonly activation: Activation;
}

export interface ElementwiseAttributes {
  readonly activation: Activation;
}

export interface ReduceAttributes {
  readonly keepDims: boolean;
}

export interface ResizeAttributes {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

export interface StridedSliceAttributes {
  readonly beginMask: number;
  readonly endMask: number;
  readonly ellipsisMask: number;
  readonly newAxisMask: number;
  readonly shrinkAxisMask: number;
  readonly offset: boolean;
}

export type NoAttributes = Readonly<Record<string, never>>;

/** Attributes by TFLite builtin operator name; field names follow the schema, in camel case. */
export interface OpAttributes {
  CONV_2D: Conv2dAttributes;
  DEPTHWISE_CONV_2D: DepthwiseConv2dAttributes;
  TRANSPOSE_CONV: Pick<Conv2dAttributes, 'padding' | 'strideH' | 'strideW' | 'activation'>;
  FULLY_CONNECTED: { readonly activation: Activation; readonly keepNumDims: boolean };
  MAX_POOL_2D: Pool2dAttributes;
  AVERAGE_POOL_2D: Pool2dAttributes;
  SOFTMAX: { readonly beta: number };
  LOGISTIC: NoAttributes;
  TANH: NoAttributes;
  RELU: NoAttributes;
  RELU6: NoAttributes;
  LEAKY_RELU: { readonly alpha: number };
  PRELU: NoAttributes;
  HARD_SWISH: NoAttributes;
  ADD: ElementwiseAttributes;
  SUB: ElementwiseAttributes;
  MUL: ElementwiseAttributes;
  MAXIMUM: NoAttributes;
  MINIMUM: NoAttributes;
  RESHAPE: { readonly newShape?: readonly number[] };
  SQUEEZE: { readonly squeezeDims: readonly number[] };
  EXPAND_DIMS: NoAttributes;
  TRANSPOSE: NoAttributes;
  CONCATENATION: { readonly axis: number; readonly activation: Activation };
  SPLIT: { readonly splits: number };
  STRIDED_SLICE: StridedSliceAttributes;
  PAD: NoAttributes;
  PADV2: NoAttributes;
  MEAN: ReduceAttributes;
  SUM: ReduceAttributes;
  RESIZE_NEAREST_NEIGHBOR: ResizeAttributes;
  RESIZE_BILINEAR: ResizeAttributes;
  QUANTIZE: NoAttributes;
  DEQUANTIZE: NoAttributes;
  SHAPE: NoAttributes;
  PACK: { readonly axis: number; readonly values: number };
  ARG_MAX: NoAttributes;
}

export type OpType = keyof OpAttributes;
