export {
  KPU_LINES,
  KPU_LINE_BYTES,
  kpuLayout,
  kpuLinesOf,
  kpuLoads,
  type KpuLayout,
  type KpuLoads,
  type KpuWeights,
} from '../models/kmodel/kpu-layout.ts';
