import { SpecError } from '../errors.ts';
import { modelFromBytes, modelFromSpec } from '../models/load.ts';
import type { Model } from '../models/model.ts';
import { trainedAccuracy } from './accuracy.ts';
import type { DesignPoint, DesignSpace } from './space.ts';
import { fillTemplate } from './template.ts';

/** A network of the study, and what is known of its training. */
export interface StudyModel {
  readonly model: Model;
  /** 0 to 1, NaN where it was not trained. */
  readonly accuracy: number;
}

/** The spec of a point, its dtype written into it where that is an axis and no placeholder. */
export function specOf(text: string, point: DesignPoint): string {
  const spec = fillTemplate(text, point);
  if (point.dtype === undefined || text.includes('{dtype}')) return spec;
  if (spec.startsWith('paper:')) return `${spec},dtype=${point.dtype}`;
  return spec.replace('{', `{"dtype": ${JSON.stringify(point.dtype)}, `);
}

/** Builds the network of a point. It throws what the model's reader throws, an InferscopeError of one line. */
export function modelMaker({
  model: template,
}: Pick<DesignSpace, 'model'>): (point: DesignPoint) => StudyModel {
  if (template.kind === 'file') {
    const bytes = Uint8Array.from(atob(template.base64), (sign) => sign.charCodeAt(0));
    const model = modelFromBytes(bytes, template.name);
    return () => ({ model, accuracy: Number.NaN });
  }
  return (point) => {
    const spec = specOf(template.text, point);
    const model = modelFromSpec(spec);
    if (!model) throw new SpecError(`model: "${spec}" is neither a paper spec nor a JSON layer list`);
    return { model, accuracy: trainedAccuracy(spec) };
  };
}
