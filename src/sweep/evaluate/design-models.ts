import { bytesFromBase64 } from '../../base64.ts';
import { SpecError } from '../../errors.ts';
import { modelFromBytes, modelFromJson, modelFromSpec } from '../../files/load-model.ts';
import type { Model } from '../../models/formats/model.ts';
import { paperCnn, type PaperCnnOptions } from '../../models/specs/paper-cnn.ts';
import { parsePaperSpec } from '../../models/specs/paper-spec.ts';
import { trainedAccuracy } from './accuracy.ts';
import { jsonTemplate } from './json-template.ts';
import { paperTemplate } from './paper-template.ts';
import type { DesignPoint, DesignSpace } from '../study/space.ts';
import { templateFiller } from '../study/template.ts';

/** A network of the study, and what is known of its training. */
export interface StudyModel {
  readonly model: Model;
  /** 0 to 1, NaN where it was not trained. */
  readonly accuracy: number;
}

/** A function of the point that gives its spec, its dtype written into it where that is an axis and no placeholder. */
export function specMaker(text: string): (point: DesignPoint) => string {
  const fill = templateFiller(text);
  if (text.includes('{dtype}')) return fill;
  const isPaper = text.startsWith('paper:');
  return (point) => {
    if (point.dtype === undefined) return fill(point);
    if (isPaper) return `${fill(point)},dtype=${point.dtype}`;
    return `{"dtype": ${JSON.stringify(point.dtype)}, ${fill(point).slice(1)}`;
  };
}

function paperModel(options: PaperCnnOptions): StudyModel {
  return { model: paperCnn(options), accuracy: trainedAccuracy(options) };
}

/** Builds the network of a point. It throws what the model's reader throws, an InferscopeError of one line. */
export function modelMaker({
  model: template,
}: Pick<DesignSpace, 'model'>): (point: DesignPoint) => StudyModel {
  if (template.kind === 'file') {
    const bytes = bytesFromBase64(template.base64);
    const model = modelFromBytes(bytes, template.name);
    return () => ({ model, accuracy: Number.NaN });
  }
  const specOf = specMaker(template.text);
  const paperOf = paperTemplate(template.text);
  const jsonOf = jsonTemplate(template.text);
  return (point) => {
    const known = paperOf?.(point);
    if (known) return paperModel(known);
    const json = jsonOf?.(point);
    if (json !== undefined) return { model: modelFromJson(json), accuracy: Number.NaN };
    const spec = specOf(point);
    const paper = parsePaperSpec(spec);
    if (paper) return paperModel(paper);
    const model = modelFromSpec(spec);
    if (!model) throw new SpecError(`model: "${spec}" is neither a paper spec nor a JSON layer list`);
    return { model, accuracy: Number.NaN };
  };
}
