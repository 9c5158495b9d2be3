package org.trm4j.dataset.spi;

import org.apiguardian.api.API;

/**
 * How the S tokens of a puzzle lie on a grid, row by row.
 *
 * @param rows of the grid
 * @param columns of the grid; rows x columns = S
 * @param boxRows rows between two thick lines; equal to rows for none
 * @param boxColumns columns between two thick lines; equal to columns for none
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public record GridShape(int rows, int columns, int boxRows, int boxColumns) {}
