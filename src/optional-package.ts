import { SpecError } from './errors.ts';

const NOT_FOUND = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'];

/** A part of inferscope that needs packages which an installation may leave out. */
export interface OptionalPart {
  /** What was asked for, at the head of the message: "query". */
  readonly feature: string;
  /** Packages with their versions, as npm install takes them. */
  readonly packages: readonly string[];
}

/** What `load` imports or resolves. Throws a SpecError of one line that says what to install where a package is missing. */
export async function loadOptional<T>(
  { feature, packages }: OptionalPart,
  load: () => T | Promise<T>,
): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!NOT_FOUND.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    const names = packages.map((name) => name.replace(/(?<=.)@.*$/, '')).join(' and ');
    const [noun, them] = packages.length > 1 ? ['packages', 'them'] : ['package', 'it'];
    throw new SpecError(
      `${feature}: needs the ${noun} ${names}; install ${them}: npm install ${packages.join(' ')}`,
    );
  }
}
