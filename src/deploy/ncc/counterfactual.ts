import type { Board } from '../../boards/board/board.ts';
import { CPU_CONV_CHOICE, REFUSED_CHOICE } from '../../boards/settings/ncc-choices.ts';
import { settingOf } from '../../boards/settings/setting.ts';
import { UnsupportedOpError } from '../../errors.ts';
import type { Graph, GraphNode } from '../../models/graph/graph.ts';
import type { ToolchainRefusal } from '../program.ts';
import { refusalLine } from './importer.ts';

/**
 * What nncase 0.2 does not import either, of what the lowering here passes (kendryte/nncase src/importer/tflite: its list
 * of operators, conv2d.cpp, matmul.cpp); why, or undefined.
 */
function laterRefusal({ op, inputs, attributes }: GraphNode, { tensors }: Graph): string | undefined {
  const { activation = 'NONE', depthMultiplier = 1 } = attributes as {
    readonly activation?: string;
    readonly depthMultiplier?: number;
  };
  if (NOT_IMPORTED.includes(op)) return 'has no such operator';
  if (WEIGHTED.includes(op) && (inputs[2] ?? -1) < 0) return 'reads a bias that is not there';
  if (!['NONE', 'RELU', 'RELU6'].includes(activation)) return `fuses no ${activation}`;
  const isMultiplied =
    op === 'DEPTHWISE_CONV_2D' && depthMultiplier !== 1 && tensors[inputs[0]].shape.at(-1) !== 1;
  return isMultiplied ? `has no depth multiplier of ${depthMultiplier}` : undefined;
}

const NOT_IMPORTED = ['EXPAND_DIMS', 'RELU_N1_TO_1', 'HARD_SWISH'];
const WEIGHTED = ['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED'];

/**
 * Lets a model that ncc 0.1 refuses pass as a counterfactual. Throws an UnsupportedOpError where no converter of the board
 * runs it, or a setting asks for none.
 */
export function requireCounterfactual(graph: Graph, refusal: ToolchainRefusal, board: Board): void {
  for (const [index, node] of graph.nodes.entries()) {
    const why = laterRefusal(node, graph);
    if (why === undefined) continue;
    const where = index === refusal.node ? 'it' : `op ${index} (${node.op})`;
    throw new UnsupportedOpError(`${refusalLine(refusal)}; nncase 0.2 refuses ${where} too, for it ${why}`);
  }
  const refused = [CPU_CONV_CHOICE, REFUSED_CHOICE].find(
    (setting) =>
      refusal.counterfactual?.startsWith(`${setting.key}=`) && settingOf(board, setting) !== setting.standard,
  );
  if (refused) throw new UnsupportedOpError(`${refusalLine(refusal)} (with --set ${refused.key}=refuse)`);
}
