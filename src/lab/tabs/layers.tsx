import { formatCount, formatNumber, formatPercent } from 'inferscope/experiments';
import { answer } from '../state/lab-store.ts';
import { Table } from './table.tsx';

const COLUMNS = ['#', 'step', 'unit', 'ms', 'share', 'MACs', 'bound by', 'why it runs there'];

/** Every step of each board with its reason. */
export function Layers() {
  return (
    <>
      {answer.value?.boards.map(({ board, name, prediction, explanation, refusal }) => (
        <div key={board}>
          <h3>{name}</h3>
          {refusal !== undefined && <p class="refusal">{refusal}</p>}
          {prediction?.toolchainRefuses && (
            <p class="refusal">
              The real converter says "{prediction.toolchainRefuses.text}"; what is timed instead:{' '}
              {prediction.toolchainRefuses.instead}.
            </p>
          )}
          {prediction && explanation && (
            <Table
              name={`Steps on ${name}`}
              columns={COLUMNS}
              rows={explanation.steps.map((step, at) => [
                step.index,
                step.op,
                step.unit,
                formatNumber(step.durationMs),
                formatPercent(step.sharePercent),
                formatCount(prediction.steps[at]!.macs),
                step.boundBy,
                step.reason,
              ])}
            />
          )}
        </div>
      ))}
    </>
  );
}
