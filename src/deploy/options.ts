/** What a user may choose about the deployment; everything absent is the board's default. */
export interface DeployOptions {
  /** Kernel library, one of the board's `runtime.kernels`. */
  readonly kernels?: string;
  /** Memory id for the model file, where the firmware offers a choice. */
  readonly weightsIn?: string;
  /** ncc's --float-fc: every Dense stays on the CPU. */
  readonly floatFc?: boolean;
  /** Who copies a KPU result to main memory, where the firmware offers a choice; the CPU unless given. */
  readonly copyOut?: 'cpu' | 'dma';
}
