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

export type TransposeConvAttributes = Pick<
  Conv2dAttributes,
  'padding' | 'strideH' | 'strideW' | 'activation'
>;

export interface FullyConnectedAttributes {
  readonly activation: Activation;
  readonly keepNumDims: boolean;
}

export interface SoftmaxAttributes {
  readonly beta: number;
}
