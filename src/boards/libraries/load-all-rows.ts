import { OPS } from '../../kernels/index.ts';
import { registerOps } from '../../kernels/registry.ts';
import type { Op } from '../../kernels/definition/op.ts';
import { loadFurtherRows } from './load-further-rows.ts';

/** Every operator and what it costs, from now on and in this thread. */
export function loadAllRows(): void {
  registerOps(Object.values<Op>(OPS));
  loadFurtherRows();
}
