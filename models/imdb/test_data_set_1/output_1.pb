BprobabilityJàú>
ˆ<?7TÀ> £u?á‘0?	­A>ò?