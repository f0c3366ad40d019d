import {
  CURVE_FILTERS,
  formatNumber,
  KERNEL_SIDES,
  paperOptionsOf,
  withPaperOptions,
  type KernelCell,
} from 'inferscope/experiments';
import { ask } from '../state/lab-simulation.ts';
import { answer, experiment } from '../state/lab-store.ts';
import { useAsked } from '../state/use-asked.ts';

function Cell({ cell, share }: { readonly cell: KernelCell; readonly share: number }) {
  const now = paperOptionsOf(experiment.value);
  const isNow = now?.filters === cell.filters && (now.kernel ?? 3) === cell.kernel;
  const text = cell.latencyMs ? formatNumber(cell.latencyMs.value, 3) : 'no';
  const choose = () =>
    ask(withPaperOptions(experiment.value, { filters: cell.filters, kernel: cell.kernel }));
  return (
    <td style={{ '--share': `${Math.round(100 * share)}%` }} class={isNow ? 'heat now' : 'heat'}>
      <button type="button" title={cell.refusal ?? `${text} ms`} onClick={choose}>
        {text}
      </button>
    </td>
  );
}

function HeatMap({ id, name }: { readonly id: string; readonly name: string }) {
  const others = { ...paperOptionsOf(experiment.value), filters: 0 };
  const key = JSON.stringify([id, others, experiment.value.set, experiment.value.floatFc]);
  const { value } = useAsked(key, (lab) => lab.kernelMap(experiment.value, id));
  if (!value) return null;
  const times = value.flatMap(({ latencyMs }) => (latencyMs ? [Math.log(latencyMs.value)] : []));
  const [low, high] = [Math.min(...times), Math.max(...times)];
  const shareOf = ({ latencyMs }: KernelCell) =>
    latencyMs ? (Math.log(latencyMs.value) - low) / Math.max(1e-9, high - low) : 0;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`Kernel sizes on ${name}`}>
      <table class="heat-map">
        <caption>{name}: ms</caption>
        <thead>
          <tr>
            <th scope="col">kernel</th>
            {Array.from({ length: CURVE_FILTERS }, (_, at) => (
              <th key={at} scope="col">
                {at + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {KERNEL_SIDES.map((kernel) => (
            <tr key={kernel}>
              <th scope="row">
                {kernel} x {kernel}
              </th>
              {value
                .filter((cell) => cell.kernel === kernel)
                .map((cell) => (
                  <Cell key={cell.filters} cell={cell} share={shareOf(cell)} />
                ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Time of each kernel size at each number of filters: the darker, the longer, by factors. */
export function KernelSizes() {
  if (!paperOptionsOf(experiment.value)) {
    return <p class="key">Kernel sizes are compared for the network of the paper; this model is a file.</p>;
  }
  return (
    <>
      <p class="key">Across: filters. The darker, the longer, by factors. Choose a cell to have it above.</p>
      {answer.value?.boards.map(({ board, name }) => (
        <HeatMap key={board} id={board} name={name} />
      ))}
    </>
  );
}
