/** One field of a table; its position in the list is its slot in the vtable. */
export type LayoutField =
  | { readonly name: string; readonly kind: 'scalar' | 'vector'; readonly bytes: number }
  | { readonly name: string; readonly kind: 'string' }
  | { readonly name: string; readonly kind: 'table' | 'tables'; readonly table: string }
  | { readonly name: string; readonly kind: 'union'; readonly members: Readonly<Record<string, string>> };

/** Fields of every table of a flatbuffer schema, by the table's name. */
export type Layout = Readonly<Record<string, readonly LayoutField[]>>;
