import type { QueryRunner } from 'typeorm';

/** Everything the migrations may leave in a schema, one line each, so that two states can be compared. */
export async function schemaSnapshot(runner: QueryRunner): Promise<string[]> {
  const rows = (await runner.query(`
    WITH ours AS (SELECT oid FROM pg_namespace WHERE nspname = 'public'),
    lines AS (
      SELECT format('column %s.%s %s%s default %s', attrelid::regclass, attname, format_type(atttypid, atttypmod),
                    CASE WHEN attnotnull THEN ' not null' END, pg_get_expr(adbin, adrelid)) AS line
      FROM pg_attribute JOIN pg_class c ON c.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
      WHERE relnamespace IN (TABLE ours) AND relkind IN ('r', 'p', 'v', 'm') AND attnum > 0 AND NOT attisdropped
      UNION ALL SELECT format('constraint %s.%s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      FROM pg_constraint WHERE connamespace IN (TABLE ours)
      UNION ALL SELECT pg_get_indexdef(indexrelid)
      FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE relnamespace IN (TABLE ours)
      UNION ALL SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t WHERE NOT tgisinternal
      UNION ALL SELECT pg_get_functiondef(p.oid) FROM pg_proc p
      WHERE pronamespace IN (TABLE ours) AND prokind IN ('f', 'p')
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
      UNION ALL SELECT format('view %s %s', oid::regclass, pg_get_viewdef(oid))
      FROM pg_class WHERE relnamespace IN (TABLE ours) AND relkind IN ('v', 'm')
      UNION ALL SELECT format('sequence %s', oid::regclass)
      FROM pg_class WHERE relnamespace IN (TABLE ours) AND relkind = 'S'
      UNION ALL SELECT format('type %s', t.oid::regtype) FROM pg_type t
      WHERE typnamespace IN (TABLE ours) AND typtype IN ('e', 'd', 'r')
      UNION ALL SELECT format('extension %s', extname) FROM pg_extension
    )
    SELECT line FROM lines ORDER BY line COLLATE "C"`)) as { line: string }[];
  return rows.map((row) => row.line);
}
