import type { Experiment } from 'inferscope/experiments';

const MOST = 90;

const clip = (text: string) => (text.length > MOST ? `${text.slice(0, MOST - 3)}...` : text);

/** A network that is written as JSON: its own name and its layers. */
function written({ model }: Pick<Experiment, 'model'>): { name?: string; layers?: unknown } | undefined {
  return model.startsWith('{') ? (JSON.parse(model) as { name?: string; layers?: unknown }) : undefined;
}

/** A model's name for people. */
export function modelName(experiment: Pick<Experiment, 'model'>): string {
  const network = written(experiment);
  return clip(network ? (network.name ?? 'a network') : experiment.model);
}

/** What the model consists of where it says so, else its name. */
export function modelLayers(experiment: Pick<Experiment, 'model'>): string {
  const layers = written(experiment)?.layers;
  return typeof layers === 'string' ? clip(layers) : modelName(experiment);
}
