/**
 * A sweep as a Parquet file, one row for every run, with the columns of `rows.ts`. Rows are written in groups, so that memory holds one
 * group, whatever the number of runs. The same rows give the same bytes.
 *
 * `run` is INT64, texts are STRING, `passed` is BOOLEAN, a metric is DOUBLE: null where the run has no such value, infinity where it has no
 * end. The digest of the sweep is in the metadata of the file.
 */

import type { ParquetWriter, ByteWriter } from 'hyparquet-writer';
import { VERSION } from '../../version.ts';
import { columnsOf, type RowColumn, type RowPlan, type RunRow } from './rows.ts';

/** Rows that are held until they are written. */
export const GROUP_ROWS = 50_000;

/** Where the bytes go. */
export interface ByteSink {
  write(bytes: Uint8Array): Promise<void>;
}

/** A Parquet file that is being written. */
export class ParquetRows {
  readonly #columns: readonly RowColumn[];
  readonly #bytes: ByteWriter;
  readonly #writer: ParquetWriter;
  readonly #sink: ByteSink;
  readonly #groupRows: number;
  #rows: RunRow[] = [];

  private constructor(
    columns: readonly RowColumn[],
    parts: { readonly bytes: ByteWriter; readonly writer: ParquetWriter },
    sink: ByteSink,
    groupRows: number,
  ) {
    [this.#columns, this.#bytes, this.#writer] = [columns, parts.bytes, parts.writer];
    [this.#sink, this.#groupRows] = [sink, groupRows];
  }

  /** Begins a file. @param plan whose runs it is to have @param groupRows rows that are held until they are written */
  static async open(
    plan: RowPlan & { readonly digest: string },
    sink: ByteSink,
    groupRows = GROUP_ROWS,
  ): Promise<ParquetRows> {
    const library = await import('hyparquet-writer');
    const columns = columnsOf(plan);
    const bytes = new library.ByteWriter();
    const schema = library.schemaFromColumnData({ columnData: columns.map((column) => filled(column, [])) });
    const writer = new library.ParquetWriter({
      writer: bytes,
      schema,
      createdBy: `hasim ${VERSION}`,
      kvMetadata: [{ key: 'hasim sweep', value: plan.digest }],
    });
    return new ParquetRows(columns, { bytes, writer }, sink, groupRows);
  }

  /** Takes a run. */
  async add(row: RunRow): Promise<void> {
    this.#rows.push(row);
    if (this.#rows.length >= this.#groupRows) await this.#writeGroup();
  }

  /** Ends the file; the sink stays open. */
  async finish(): Promise<void> {
    if (this.#rows.length > 0) await this.#writeGroup();
    await this.#writer.finish();
    await this.#flush();
  }

  async #writeGroup(): Promise<void> {
    const rows = this.#rows;
    this.#rows = [];
    await this.#writer.write({
      columnData: this.#columns.map((column) => filled(column, rows)),
      rowGroupSize: rows.length,
    });
    await this.#flush();
  }

  /** Hands on what is written. The writer counts its offset in the whole file apart from its place in the buffer. */
  async #flush(): Promise<void> {
    await this.#sink.write(this.#bytes.getBytes());
    this.#bytes.index = 0;
  }
}

const TYPES = { whole: 'INT64', text: 'STRING', flag: 'BOOLEAN', number: 'DOUBLE' } as const;

/** A column with the values of some rows, as the library takes it. */
function filled({ name, type, of }: RowColumn, rows: readonly RunRow[]) {
  const values = rows.map(of);
  const data = type === 'whole' ? values.map((value) => BigInt(value as number)) : values;
  return { name, type: TYPES[type], nullable: type !== 'whole', data };
}
