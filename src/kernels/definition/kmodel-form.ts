/** What kmodel v3 has for an operator. */
export type KmodelForm =
  /** A layer of the same meaning that the core runs. */
  | { readonly layer: 'Softmax' | 'Logistic' | 'ResizeNearestNeighbor' | 'L2Normalization' }
  /** A layer, or several, by rules of the converter. */
  | {
      readonly lowering:
        'conv' | 'dense' | 'pool' | 'mean' | 'add' | 'concat' | 'reshape' | 'pad' | 'nothing';
    }
  /** Nothing: what to use instead. */
  | { readonly instead: string };
