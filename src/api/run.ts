/** Runs networks and kmodels: their outputs bit for bit, and checks against a reference interpreter's. */
export { convertImage, imageFirmware } from '../deploy/camera/index.ts';
export { checkGolden, type Golden, type GoldenCheck } from '../kernels/execute/check-golden.ts';
export type { InputValues } from '../kernels/execute/executor-input.ts';
export { createExecutor, type Executor, type ExecutorOptions } from '../kernels/execute/executor.ts';
export { runDemand, type RunDemand, type RunLimits } from '../kernels/execute/run-limits.ts';
export type { NumericData, TensorData } from '../kernels/definition/kernel.ts';
export {
  createKmodelRunner,
  type KmodelInput,
  type KmodelRunner,
  type RunKmodelOptions,
} from '../kernels/kpu/run-kmodel.ts';
export { toPlanar, type Maps } from '../pictures/planar.ts';
