import type { Board } from '../../boards/board/board.ts';
import { kpuLoads } from '../../models/formats/kmodel/kpu-layout.ts';
import { SpecError } from '../../errors.ts';
import type { KmodelModel } from '../../models/formats/kmodel/kmodel-model.ts';
import type { DeployOptions } from '../options.ts';
import type { Program } from '../program.ts';
import { heapCopyBytes } from './kmodel-bytes.ts';
import { traceKmodel } from './kmodel-network.ts';
import { channelsPerLoad } from './kmodel-ranges.ts';
import type { NccNetwork } from './ncc-network.ts';
import { memoryPlan } from './memory-plan.ts';
import { FURTHER_LAYERS } from './further-layers.ts';
import { runtimeFacts, type RuntimeFacts } from './runtime-refusal.ts';
import { StepMaker } from './steps.ts';
import type { TracedNetwork } from './trace-network.ts';

/**
 * What a kmodel does on a board: the steps of its layers, with the copies that the runtime makes around them, exactly
 * as the network that it was converted from would have given.
 * Throws a SpecError for a board whose toolchain takes no kmodels, a FormatError for a file that cannot run.
 */
export function deployKmodel(model: KmodelModel, board: Board, options: DeployOptions = {}): Program {
  checkBoard(model, board, options);
  const traced = traceKmodel(model);
  const network: NccNetwork = traced;
  const { mainBytes, kpuBytes } = traced.plan;
  // The interpreter of version 4 is nncase's own, which starts any node.
  const facts: RuntimeFacts =
    model.version === 3 ? runtimeFacts(network, board, FURTHER_LAYERS) : { warnings: [] };
  return {
    toolchain: 'ncc',
    model: model.name,
    dtype: 'uint8',
    steps: new StepMaker(network, undefined, board, options).steps(),
    memory: memoryPlan(
      { mainBytes, kpuBytes, flashBytes: model.fileBytes, heapBytes: heapCopyBytes(network) },
      board,
    ),
    ...facts,
    warnings: [...versionWarnings(model), ...facts.warnings, ...loadWarnings(model, traced)],
  };
}

function checkBoard({ name }: KmodelModel, board: Board, { floatFc }: DeployOptions): void {
  if (board.runtime.toolchain !== 'ncc') {
    throw new SpecError(
      `${name}: is a kmodel, which runs only beside a KPU; board "${board.id}" takes .tflite files, pass the one that ` +
        'it was converted from',
    );
  }
  if (!floatFc) return;
  throw new SpecError(`${name}: --float-fc is an option of the converter, and a kmodel is converted already`);
}

function versionWarnings({ version }: KmodelModel): string[] {
  if (version === 3) return [];
  return [
    'a kmodel of version 4: its core layers are priced as those of version 3, whose loops are the same in C++',
  ];
}

/** The simulator cuts weights into loads as ncc 0.1 does; a file may have been cut otherwise. */
function loadWarnings(model: KmodelModel, { layers }: TracedNetwork): string[] {
  if (model.version !== 3) return [];
  const other = model.file.layers.filter((layer, index) => {
    const kpu = layers[index + 1].kpu;
    return kpu && channelsPerLoad(layer) !== kpuLoads(kpu).channelsPerLoad;
  });
  if (other.length === 0) return [];
  return [
    `${other.length} KPU layers fetch their weights in other loads than ncc 0.1 chooses; priced as its loads`,
  ];
}
