import { paperOptionsOf } from 'inferscope/experiments';
import { modelName } from './model-name.ts';
import { experiment } from '../state/lab-store.ts';

/** The question of the page in one line. */
export function Lead() {
  const { boards } = experiment.value;
  const options = paperOptionsOf(experiment.value);
  const network = options
    ? `A small network that reads digits (${options.filters} filter${options.filters === 1 ? '' : 's'})`
    : modelName(experiment.value);
  const chips =
    boards.length === 2 ? 'two chips' : boards.length === 1 ? 'one chip' : `${boards.length} chips`;
  return (
    <p class="lead">
      {network} runs once on {chips}. How long does it take, and why?
    </p>
  );
}
