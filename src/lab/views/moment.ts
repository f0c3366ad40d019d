import { formatCount, formatNumber, type Answer, type BoardAnswer } from 'inferscope/experiments';

function bytesAt({ memory, prediction }: BoardAnswer, step: number): string {
  if (!memory || !prediction) return '';
  const alive = memory.blocks.filter(({ firstStep, lastStep }) => firstStep <= step && step <= lastStep);
  const names = [...new Set(alive.map((block) => block.memory))];
  const texts = names.map((name) => {
    const bytes = alive.filter((block) => block.memory === name).reduce((sum, block) => sum + block.bytes, 0);
    return `${formatCount(bytes)} bytes in ${name}`;
  });
  return texts.length > 0 ? `; ${texts.join(', ')}` : '';
}

/** The step that goes on at an instant: the last one behind the call's end, -1 before its first. */
export function stepAtMs({ prediction }: BoardAnswer, ms: number): number {
  return prediction?.steps.findLastIndex((step) => step.startMs <= ms) ?? -1;
}

function boardAt(board: BoardAnswer, ms: number): string {
  const { prediction, lanes, name } = board;
  if (!prediction) return '';
  if (ms >= prediction.latencyMs.value) return `${name}: pin low, done.`;
  const step = prediction.steps.findIndex((one) => ms >= one.startMs && ms < one.startMs + one.durationMs);
  const busy = lanes.flatMap(({ unit, spans }) => {
    const span = spans.find((one) => ms >= one.startMs && ms < one.startMs + one.durationMs);
    return span ? [`${unit}: ${span.name}`] : [];
  });
  const doing = busy.length > 0 ? busy.join(', ') : 'nobody works';
  return `${name}: pin high, ${doing}${step < 0 ? '' : `, step ${step + 1} of ${prediction.steps.length}`}${bytesAt(board, step)}.`;
}

/** What happens at an instant on each board: pin, who is busy, the step, bytes that are held. */
export function momentText(answer: Answer, ms: number | undefined): string {
  if (ms === undefined) return 'No moment is chosen.';
  const boards = answer.boards.map((board) => boardAt(board, ms)).filter((text) => text !== '');
  return `At ${formatNumber(ms, 5)} ms. ${boards.join(' ')}`;
}
