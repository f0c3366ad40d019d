import type { HostModule } from '../host-module.ts';
import { changingModule } from './image-changes.ts';
import { copyingModule } from './image-copies.ts';
import { measuringModule } from './image-measures.ts';
import { combiningModule } from './image-combinations.ts';
import { compressingModule } from './image-jpegs.ts';
import { fileModule } from './image-files.ts';
import { filteringModule } from './image-filters.ts';
import { lineModule } from './image-lines.ts';
import type { ImageParts } from './image-parts.ts';
import { askingModule } from './image-questions.ts';

/** What `_images.py` and both image.py call, but for drawing. */
export function imageModule(parts: ImageParts): HostModule {
  return {
    ...copyingModule(parts),
    ...changingModule(parts),
    ...askingModule(parts),
    ...measuringModule(parts),
    ...combiningModule(parts),
    ...filteringModule(parts),
    ...lineModule(parts),
    ...fileModule(parts),
    ...compressingModule(parts),
  };
}
