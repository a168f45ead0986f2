import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, getSchemaPath } from '@nestjs/swagger';
import type { ListSpec } from '#database';
import { ListParameters } from './list-query.js';

/** Documents a list: its parameters and the page of `dto` it answers. */
export function ApiList<Row extends object>(dto: Type, spec: ListSpec<Row>) {
  return applyDecorators(
    ListParameters(spec),
    ApiExtraModels(dto),
    ApiOkResponse({
      description: 'One page, with the cursor of the next one',
      schema: {
        type: 'object',
        required: ['data', 'page'],
        properties: {
          data: { type: 'array', items: { $ref: getSchemaPath(dto) } },
          page: {
            type: 'object',
            required: ['limit', 'nextCursor'],
            properties: {
              limit: { type: 'integer' },
              nextCursor: { type: 'string', nullable: true },
              total: { type: 'integer', description: 'With count=exact' },
            },
          },
        },
      },
    }),
  );
}
