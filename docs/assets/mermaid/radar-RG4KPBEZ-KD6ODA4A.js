import{a as r,b as e}from"./chunk-O4AR42YJ.js";import"./chunk-F4FWBINX.js";import"./chunk-SQE76S5B.js";export{r as RadarModule,e as createRadarServices};
