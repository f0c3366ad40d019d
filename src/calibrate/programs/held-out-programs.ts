import { programUnitOf } from '../../boards/accelerators/program-kernels.ts';
import { offloadCycles } from '../../boards/accelerators/offload-cycles.ts';
import { anyBoardById, BOARD_IDS } from '../../boards/all-boards.ts';
import type { Board, ProgramUnit } from '../../boards/board/board.ts';
import { deploy } from '../../deploy/index.ts';
import { buildGraph } from '../../models/specs/builder.ts';
import { simulatedMs } from '../../simulate/pulse.ts';
import { PUBLISHED_ROWS } from '../measurements/published-rows.ts';
import { identityOf } from '../measurements/row-identity.ts';
import { readMeasuredRows, type MeasuredRow } from '../population/measured-rows.ts';
import { networkOf } from '../population/network-names.ts';
import { fitPrograms, offloadedLayers, withRates, type OffloadedLayer } from './fit-programs.ts';
import { layerOffload } from './layer-offload.ts';

/** Networks of other sources that are one of these layers' networks: what a layer says of the one it says of the other. */
const SAME_NETWORK: Readonly<Record<string, string>> = {
  'resnet8-cifar10': 'tinyml-ic',
  'mobilenetv1-0.25-96-vww': 'tinyml-vww',
  'fcae-ad': 'tinyml-ad',
};

const ownName = (model: string): string => SAME_NETWORK[model] ?? model;

let published: readonly MeasuredRow[] | undefined;

/** The rows that ship; read once. */
const publishedRows = (): readonly MeasuredRow[] => (published ??= readMeasuredRows(PUBLISHED_ROWS));

const layersOf = new Map<string, readonly OffloadedLayer[]>();
const units = new Map<string, ProgramUnit>();

function layersOn(board: Board, unit: ProgramUnit): readonly OffloadedLayer[] {
  let layers = layersOf.get(board.id);
  if (layers === undefined) {
    const rows = publishedRows().filter((row) => row.op !== 'model' && identityOf(row).board === board.id);
    layersOf.set(board.id, (layers = offloadedLayers(rows, unit)));
  }
  return layers;
}

/** The accelerator of a board with rates that have not seen a network. */
export function unitWithout(board: Board, unit: ProgramUnit, model: string): ProgramUnit {
  const key = `${board.id} ${ownName(model)}`;
  let fitted = units.get(key);
  if (fitted === undefined) {
    const others = layersOn(board, unit).filter(({ row }) => row.model !== ownName(model));
    units.set(key, (fitted = withRates(unit, fitPrograms(others, unit))));
  }
  return fitted;
}

/** Board and accelerator of a row that was measured with one whose programs are counted. */
function boardOf(row: MeasuredRow): { board: Board; unit: ProgramUnit } | undefined {
  if (row.accelerator === '') return undefined;
  const { board: id, engine } = identityOf(row);
  // Some rows are of boards that have no page.
  if (!BOARD_IDS.includes(id)) return undefined;
  const board = anyBoardById(id);
  const unit = programUnitOf(board);
  return unit?.id === engine ? { board, unit } : undefined;
}

function networkMs(row: MeasuredRow, board: Board, unit: ProgramUnit): number | undefined {
  const shape = networkOf({ model: row.model, description: row.model_desc, notes: row.notes });
  if (shape === undefined) return undefined;
  const units = board.units.map((one) => (one.id === unit.id ? unit : one));
  const held = { ...board, units };
  return simulatedMs(deploy(buildGraph({ ...shape, dtype: 'int8' }, row.model), held), held);
}

/**
 * Milliseconds of a layer or network that an accelerator ran programs of, by rates that have not seen the network; undefined
 * for any other row, and for a layer that the core ran.
 */
export function heldOutProgramMs(row: MeasuredRow): number | undefined {
  const found = boardOf(row);
  if (found === undefined) return undefined;
  const unit = unitWithout(found.board, found.unit, row.model);
  if (row.op === 'model') return networkMs(row, found.board, unit);
  const offload = layerOffload(row, unit);
  return offload && offloadCycles(unit, offload).totalCycles / (row.clockMhz * 1000);
}
