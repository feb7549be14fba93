"""What a cell calls: charts, tables, look-up, links between notebooks."""
