import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { BadListRequest, type ListRequest, type ListSpec, OPERATORS } from '#database';
import { parseListQuery } from '../http/list-query.js';

/** What makes sense page by page only. */
const OF_PAGES = ['limit', 'cursor', 'count', 'include'];

/** Filters, sort and q of a list whose rows all come at once. Throws BadListRequest. */
export const ExportQuery = createParamDecorator((_: unknown, context: ExecutionContext): ListRequest => {
  const query = context.switchToHttp().getRequest<FastifyRequest>().query as Record<string, string>;
  const wrong = OF_PAGES.find((name) => query[name] !== undefined);
  if (wrong === undefined) return parseListQuery(query);
  const message = `An export has all rows and columns; "${wrong}" means nothing here. Allowed: sort, q, filter[field], filter[field][operator].`;
  throw BadListRequest.parameter(wrong, 'unknown_parameter', message);
});

/** Documents the parameters of an export. */
export function ExportParameters<Row extends object>(spec: ListSpec<Row>) {
  const fields = Object.entries(spec.fields);
  const sortable = fields.filter(([, field]) => field.sortable).map(([name]) => name);
  const sort = `Comma-separated, - for descending. Of: ${sortable.join(', ')}. Default: ${spec.defaultSort}.`;
  return applyDecorators(
    ApiQuery({ name: 'sort', required: false, type: String, description: sort }),
    ...((spec.search ?? spec.searchKey)
      ? [ApiQuery({ name: 'q', required: false, type: String, description: 'As in the list.' })]
      : []),
    ...fields
      .filter(([, field]) => field.filterable !== false)
      .map(([name, field]) =>
        ApiQuery({
          name: `filter[${name}]`,
          required: false,
          type: String,
          description: `Also filter[${name}][…] with ${OPERATORS[field.kind].join(', ')}.`,
        }),
      ),
  );
}
