"""Make the data files of geodata.regions from Natural Earth (a maintainer's tool, never used at run time)."""
