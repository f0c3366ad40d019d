export {
  KPU_LINES,
  KPU_LINE_BYTES,
  kpuLayout,
  kpuLinesOf,
  kpuLoads,
  type KpuLayout,
  type KpuLoads,
  type KpuWeights,
} from '../models/formats/kmodel/kpu-layout.ts';
