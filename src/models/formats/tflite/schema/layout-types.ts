/** A number in a table or a vector, by the format's name; of enums the number's. */
export type ScalarType = 'bool' | 'byte' | 'ubyte' | 'int' | 'uint' | 'float' | 'long' | 'ulong';

/** A number; one that is absent from a file has its default, 0 where none is stated. */
export interface ScalarField {
  readonly name: string;
  readonly kind: 'scalar';
  readonly type: ScalarType;
  readonly bytes: number;
  readonly default?: number;
}

export interface VectorField {
  readonly name: string;
  readonly kind: 'vector';
  readonly type: ScalarType;
  readonly bytes: number;
}

/** One field of a table; its position in the list is its slot in the vtable. */
export type LayoutField =
  | ScalarField
  | VectorField
  | { readonly name: string; readonly kind: 'string' }
  | { readonly name: string; readonly kind: 'table' | 'tables'; readonly table: string }
  | { readonly name: string; readonly kind: 'union'; readonly members: Readonly<Record<string, string>> };

/** Fields of every table of a flatbuffer schema, by the table's name. */
export type Layout = Readonly<Record<string, readonly LayoutField[]>>;

/** A layout whose tables and fields are known by name. */
export type NamedLayout<Names> = {
  readonly [Table in keyof Names]: readonly (LayoutField & { readonly name: Names[Table] })[];
};
