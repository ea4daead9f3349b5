import{a as e,b as r}from"./chunk-SR3GFKQL.js";import"./chunk-F4FWBINX.js";import"./chunk-SQE76S5B.js";export{e as ArchitectureModule,r as createArchitectureServices};
